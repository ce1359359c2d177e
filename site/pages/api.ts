import { html } from "hono/html";
import type { describedApi } from "../api/api.ts";
import { each, type Html } from "../html.ts";
import type { Answer, Visit } from "../visit.ts";

type Described = ReturnType<typeof describedApi>;

/** Examples that are there on every installation, by path. */
const examples: Readonly<Record<string, string>> = {
  "/series": "/series",
  "/series/{series}": "/series/us-state-tip-report",
  "/series/{series}/editions/{year}": "/series/us-state-tip-report/editions/2021",
  "/items": "/items?text=abductions&limit=10",
  "/sources": "/sources",
  "/calendar": "/calendar",
  "/changes": "/changes",
};

function parametersOf(described: Described, path: string): { readonly name: string; readonly meaning: string }[] {
  const parameters = described.paths?.[path]?.get?.parameters ?? [];
  return parameters.flatMap((parameter) => ("name" in parameter ? [{ name: parameter.name, meaning: (parameter.description ?? "").replaceAll("`", "") }] : []));
}

function endpoint({ texts }: Visit, described: Described, path: string): Html {
  const parameters = parametersOf(described, path);
  const example = examples[path];
  return html`<h3 id="${path.slice(1).replaceAll(/[^a-z]+/g, "-")}"><code>GET /api/v1${path}</code></h3>
<p lang="en">${described.paths?.[path]?.get?.summary ?? ""}.</p>
${example === undefined ? "" : html`<p>${texts.api.example}: <a href="/api/v1${example}"><code>/api/v1${example}</code></a></p>`}
${parameters.length === 0 ? "" : html`<table class="parameters"><thead><tr><th scope="col">${texts.api.parameter}</th><th scope="col">${texts.api.meaning}</th></tr></thead><tbody>${each(parameters, ({ name, meaning }) => html`<tr><th scope="row"><code>${name}</code></th><td lang="en">${meaning}</td></tr>`)}</tbody></table>`}
`;
}

/** The page about the API, made from its own description. */
export function apiPage(visit: Visit, described: Described): Answer {
  const { api } = visit.texts;
  return {
    title: api.title,
    current: "api",
    main: html`<h1>${api.title}</h1>
<p class="lead">${api.lead}</p>
<p><a href="/api/v1/openapi.json">${api.openapi}</a></p>
<ul><li>${api.paging}</li><li>${api.caching}</li><li>${api.errors}</li></ul>
<h2>${api.endpoints}</h2>
${each(Object.keys(described.paths ?? {}), (path) => endpoint(visit, described, path))}`,
  };
}
