import { getDocumentProxy } from "unpdf";
import { messageOf } from "../fault.ts";
import { SourceError } from "./health.ts";

/** A run of characters as a PDF places it. Lengths are points; y is counted from the bottom of the page. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The size of its characters. */
  readonly size: number;
  /** A name for its font: two runs of one font have the same. */
  readonly font: string;
}

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly PlacedText[];
}

/** The longest report that we read, the Trafficking in Persons Report, has about 650. */
const mostPages = 1500;
const mostTexts = 2_000_000;

/** Pages with fewer letters each are pictures, with a number or a stamp. */
const fewestLetters = 20;

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

async function open(bytes: Uint8Array): Promise<Document> {
  try {
    // The bytes are copied, because pdf.js takes what it is given. No font is loaded: their text is all that we want.
    return await getDocumentProxy(Uint8Array.from(bytes), { useSystemFonts: false, disableFontFace: true, stopAtErrors: false, verbosity: 0 });
  } catch (error) {
    throw new SourceError("unreadable", `The PDF cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

async function readPage(document: Document, number: number): Promise<PdfPage> {
  const page = await document.getPage(number);
  const { width, height } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const texts = items.flatMap((item): PlacedText[] => {
    if (!("str" in item) || item.str.trim() === "") return [];
    const [, skew = 0, , scale = 0, x = 0, y = 0] = item.transform.map(Number);
    // Text that stands upright on its side is a stamp or a label on a margin.
    return Math.abs(skew) > Math.abs(scale) ? [] : [{ text: item.str, x, y, width: item.width, size: Math.abs(scale), font: item.fontName }];
  });
  page.cleanup();
  return { width, height, texts };
}

function lettersOf(pages: readonly PdfPage[]): number {
  return pages.reduce((sum, { texts }) => sum + texts.reduce((own, { text }) => own + text.replace(/[^\p{L}]/gu, "").length, 0), 0);
}

/**
 * The pages of a PDF with their text where it stands. Throws SourceError with reason unreadable where it is none, is
 * encrypted or broken, or holds pictures alone; too-large where it has over 1,500 pages.
 */
export async function readPdf(bytes: Uint8Array): Promise<PdfPage[]> {
  const document = await open(bytes);
  try {
    if (document.numPages > mostPages) throw new SourceError("too-large", `The PDF has ${document.numPages} pages; at most ${mostPages} are read.`);
    const pages: PdfPage[] = [];
    let count = 0;
    for (let number = 1; number <= document.numPages; number++) {
      const page = await readPage(document, number);
      pages.push(page);
      count += page.texts.length;
      if (count > mostTexts) throw new SourceError("too-large", `The PDF has more than ${mostTexts} pieces of text.`);
    }
    if (lettersOf(pages) < fewestLetters * pages.length) throw new SourceError("unreadable", "The PDF has no text: its pages are pictures.");
    return pages;
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError("unreadable", `The PDF cannot be read: ${messageOf(error)}`, { cause: error });
  } finally {
    await document.loadingTask.destroy();
  }
}
