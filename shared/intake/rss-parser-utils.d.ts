// What rss-parser calls while it reads; the package ships no types for it.
declare module "rss-parser/lib/utils.js" {
  const utils: {
    getSnippet: (markup: string) => string;
    getContent: (content: unknown) => string;
  };
  export default utils;
}
