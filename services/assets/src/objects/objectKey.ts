const prefix = 'assets/';
const longestName = 200; // bytes; S3 allows 1,024 for the whole key
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Separators, and what is not to be seen: controls, marks of direction, joiners, what Unicode has not assigned. */
const unsafe = /[/\\]|\p{C}|\p{Zl}|\p{Zp}/gu;
const onlyDots = /^\.+$/;

/** The text's beginning, of so many bytes at the most in UTF-8; no code point is cut in two. */
const cut = (text: string, bytes: number) => {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
};

/** A file's name as a segment of a key: what is plain ASCII stays as it is, short of slashes and names that are but dots. */
export const safeName = (fileName: string): string =>
  cut(
    fileName
      .normalize('NFC')
      .replaceAll(unsafe, '_')
      .replace(onlyDots, (dots) => '_'.repeat(dots.length)),
    longestName,
  );

/** Where an asset's object lies. It is fixed when the asset is created: a later name does not move it. */
export const objectKey = (assetId: string, fileName: string): string => `${prefix}${assetId}/${safeName(fileName)}`;

/** The asset that an object's key names; undefined of a key that no asset can have. */
export const assetIdOf = (s3Key: string): string | undefined => {
  const [id, name, ...more] = s3Key.startsWith(prefix) ? s3Key.slice(prefix.length).split('/') : [];
  return id !== undefined && uuid.test(id) && name && more.length === 0 ? id : undefined;
};
