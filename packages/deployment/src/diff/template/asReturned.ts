import type { Template } from './template.ts';

const beyondAscii = /[\u{80}-\u{10FFFF}]/gu;

/**
 * A packaged template as GetTemplate would return it: CloudFormation answers with a question mark for each character beyond
 * ASCII. Where the deployed template has such characters, whoever answered does not, and the template stays as it is.
 */
export const asReturned = (packaged: Template, deployed: Template | undefined): Template =>
  deployed === undefined || JSON.stringify(deployed).search(beyondAscii) >= 0
    ? packaged
    : (JSON.parse(JSON.stringify(packaged).replaceAll(beyondAscii, '?')) as Template);
