import { decodeEntities } from "./entities.ts";
import { titleParts } from "./page-title.ts";

/** Letters and digits alone, without accents: publishers write the same words with other marks and spaces. */
function bare(text: string): string {
  return text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

// What pages call themselves that came with status 200 where something should have been, in the languages of our
// sources and their publishers' neighbours. The whole of a title's part must be one of these.
const titles = [
  "page not found", "not found", "file not found", "page cannot be found", "page could not be found", "the page cannot be found", "the requested page could not be found",
  "page does not exist", "this page does not exist", "page unavailable", "page not available", "this page isn't available", "we can't find that page", "we couldn't find that page",
  "an error occurred", "an error has occurred", "server error", "internal server error", "application error", "runtime error", "bad gateway", "gateway timeout", "service unavailable",
  "service temporarily unavailable", "temporarily unavailable", "site temporarily unavailable", "error", "error page", "site error",
  "maintenance", "maintenance mode", "under maintenance", "site under maintenance", "site maintenance", "website under maintenance", "scheduled maintenance", "down for maintenance",
  "we'll be back soon", "we will be back soon", "be right back", "server busy", "servers busy", "site offline", "account suspended",
  "페이지를 찾을 수 없습니다", "페이지를 찾을 수 없음", "요청하신 페이지를 찾을 수 없습니다", "존재하지 않는 페이지", "존재하지 않는 페이지입니다", "페이지가 존재하지 않습니다",
  "오류", "에러", "오류 페이지", "에러 페이지", "오류 안내", "오류가 발생했습니다", "오류가 발생하였습니다", "서버 오류", "시스템 오류",
  "시스템 점검", "시스템 점검 중", "시스템 점검 안내", "서비스 점검", "서비스 점검 중", "서비스 점검 안내", "서버 점검 중", "홈페이지 점검 중", "점검 중입니다", "서비스 일시 중단",
  "page non trouvée", "page introuvable", "page inexistante", "la page demandée est introuvable", "la page demandée n'existe pas", "erreur", "une erreur est survenue",
  "service indisponible", "site indisponible", "site en maintenance", "en maintenance", "maintenance en cours",
  "ページが見つかりません", "ページが見つかりませんでした", "お探しのページは見つかりません", "お探しのページは見つかりませんでした", "お探しのページが見つかりません", "指定されたページが見つかりません",
  "エラー", "エラーが発生しました", "メンテナンス中", "ただいまメンテナンス中です", "サーバーエラー",
  "página no encontrada", "seite nicht gefunden",
];

const words = [...new Set(titles.map(bare))].join("|");
const sorry = ["sorry", "oops", "désolé", "죄송합니다"].map(bare).join("|");
const says = ["http", "status", "error", "erreur", "오류", "에러", "エラー"].map(bare).join("|");
/** "Page not found", "404 Not Found", "Sorry, page not found", "Error 404", "404". */
const whole = new RegExp(`^(?:${sorry})?(?:${words}|(?:${says})*(?:40[034]|410|50[0234])(?:${says})*(?:${words})?)$`, "u");

/** Whether a web page says by its title that it is not what was asked for: an error or a closed site, sent as if all were well. */
export function isSoftError(html: string): boolean {
  return titleParts(html).some((part) => whole.test(bare(decodeEntities(part))));
}

/** The first page of a site, perhaps in one of its languages. */
const root = /^\/(?:[a-z]{2}(?:-[a-z]{2})?\/?)?(?:(?:index|default|home|main)(?:\.\w{2,5})?\/?)?$/i;

/** Whether who asked for a page deep in a site was led to the first page of it, or of another, instead. */
export function ledToRoot(asked: string, came: string): boolean {
  const [from, to] = [URL.parse(asked), URL.parse(came)];
  return from !== null && to !== null && from.href !== to.href && to.search === "" && root.test(to.pathname) && !root.test(from.pathname);
}
