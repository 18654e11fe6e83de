import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours text, where there is somebody to see it. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;
export const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** Whether a stream shows colours: a terminal, unless NO_COLOR (no-color.org) is set. */
export const paintFor = (stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint => {
  if (env['NO_COLOR']) return plain;
  return stream.isTTY || env['FORCE_COLOR'] ? coloured : plain;
};

export const statusStyle = (status: number): Style => {
  if (status >= 500 || status === 0) return 'red';
  return status >= 400 ? 'yellow' : 'green';
};
