import type { ServerResponse } from 'node:http';

/** What is listed on the gateway's front page and in the terminal. */
export interface Listing {
  readonly name: string;
  readonly url: string;
  /** Paths under the gateway's own origin. */
  readonly paths: readonly string[];
  /** Where its WebSocket API is, if it has one. */
  readonly websocket?: string | undefined;
}
export type Page = readonly Listing[];

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const link = (href: string) => `<a href="${escape(href)}">${escape(href)}</a>`;
const row = ({ name, url, paths }: Listing) =>
  `<tr><th scope="row">${escape(name)}</th><td>${paths.map(link).join(' ')}</td><td>${link(url)}</td></tr>`;

const html = (page: Page) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Groundwork</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 3rem auto; padding: 0 1rem; color-scheme: light dark }
  th, td { text-align: left; padding: 0.25rem 1.5rem 0.25rem 0 }
</style>
<h1>Groundwork</h1>
<p>The local cloud is running.</p>
<table><thead><tr><th>Service</th><th>Here</th><th>By itself</th></tr></thead>
<tbody>${page.map(row).join('')}</tbody></table>
</html>
`;

export const renderPage = (response: ServerResponse, page: Page) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(html(page));
};
