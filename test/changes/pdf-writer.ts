/** How a PDF is laid out. */
export interface Page {
  readonly columns?: 1 | 2;
  /** Stands at the head of every page. */
  readonly head?: string;
  /** Words are parted at the end of a line where they do not fit. */
  readonly hyphens?: boolean;
  /** Stand at the foot of the first page, in small letters. */
  readonly notes?: readonly string[];
}

/** What stands in it: a heading is bold and larger. */
export interface Piece {
  readonly heading?: boolean;
  readonly text: string;
}

interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
}

const [width, height, margin, gutter, leading, size] = [612, 792, 72, 24, 12, 10];
/** Every letter of Courier is so wide, in sizes. */
const letter = 0.6;
/** What WinAnsi has between 0x80 and 0x9f, as far as reports use it. */
const winAnsi: Readonly<Record<string, number>> = { "€": 0x80, "…": 0x85, "‘": 0x91, "’": 0x92, "“": 0x93, "”": 0x94, "•": 0x95, "–": 0x96, "—": 0x97 };

function lines(text: string, most: number, hyphens: boolean): string[] {
  const found: string[] = [];
  let line = "";
  // An address that is longer than a line is broken where the line ends.
  for (const word of text.split(" ").flatMap((whole) => whole.match(new RegExp(`.{1,${most}}`, "gu")) ?? [])) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= most) line = longer;
    else {
      const room = most - line.length - 2;
      const parts = hyphens && room >= 3 && word.length - room >= 3 && /^\p{Ll}+$/u.test(word);
      found.push(parts ? `${line} ${word.slice(0, room)}-` : line);
      line = parts ? word.slice(room) : word;
    }
  }
  return [...found, line];
}

function encoded(text: string): string {
  const bytes = Array.from(text, (character) => winAnsi[character] ?? (character.codePointAt(0) ?? 63));
  return bytes.map((byte) => (byte > 0xff ? "?" : byte < 0x20 || byte > 0x7e || /[()\\]/.test(String.fromCharCode(byte)) ? `\\${byte.toString(8).padStart(3, "0")}` : String.fromCharCode(byte))).join("");
}

/** The places of all lines, page by page. */
function laidOut(pieces: readonly Piece[], { columns = 1, hyphens = false, notes = [] }: Page): Placed[][] {
  const columnWidth = (width - 2 * margin - (columns - 1) * gutter) / columns;
  const most = Math.floor(columnWidth / (letter * size));
  const bottom = (page: number): number => margin + (page === 0 ? notes.length * leading + 12 : 0);
  const pages: Placed[][] = [[]];
  let [column, y] = [0, height - margin];
  const place = (text: string, bold: boolean): void => {
    if (y < bottom(pages.length - 1)) {
      [column, y] = column + 1 < columns ? [column + 1, height - margin] : [0, height - margin];
      if (column === 0) pages.push([]);
    }
    pages.at(-1)?.push({ text, x: margin + column * (columnWidth + gutter), y, size: bold ? size + 3 : size, bold });
    y -= bold ? leading + 4 : leading;
  };
  for (const { heading = false, text } of pieces) {
    for (const line of lines(text, heading ? Math.floor((most * size) / (size + 3)) : most, hyphens && !heading)) place(line, heading);
    y -= 8;
  }
  notes.forEach((note, at) => pages[0]?.push({ text: note, x: margin, y: margin + (notes.length - 1 - at) * leading, size: 7, bold: false }));
  return pages;
}

/** A PDF of these pieces, in Courier: what a printer would make of a report. */
export function writePdf(pieces: readonly Piece[], page: Page = {}): Uint8Array {
  const pages = laidOut(pieces, page).map((placed, at) => [
    ...placed,
    ...(page.head === undefined ? [] : [{ text: page.head, x: margin, y: height - margin + 24, size: 8, bold: false }]),
    { text: String(at + 1), x: width / 2, y: margin - 30, size: 8, bold: false },
  ]);
  const kids = pages.map((_, at) => `${5 + 2 * at} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>",
    ...pages.flatMap((placed, at) => {
      const content = placed.map(({ text, x, y, size: points, bold }) => `BT /${bold ? "F2" : "F1"} ${points} Tf 1 0 0 1 ${x} ${y} Tm (${encoded(text)}) Tj ET`).join("\n");
      return [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${6 + 2 * at} 0 R >>`, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`];
    }),
  ];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(Buffer.from(text, "latin1"));
}
