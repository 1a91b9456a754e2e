/*
 * How the RAIM 2026 scoring program finds pictures in folders: by a three-digit ID in the file name.
 */

/** Extensions of pictures, and the order in which a mask is looked for. */
const PICTURE_EXTENSIONS = ['png', 'jpg', 'jpeg', 'bmp'] as const;
const MASK_EXTENSIONS = ['jpg', 'jpeg', 'png', 'bmp'] as const;

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** A file's name without folders and without its extension. */
export function stemOf(path: string): string {
  return nameOf(path).replace(/\.[^.]*$/, '');
}

/** The first three digits in a row of the stem, as text ("001"); null where there are none. */
export function imageId(path: string): string | null {
  return /\d{3}/.exec(stemOf(path))?.[0] ?? null;
}

/** Whether a file is a picture by its extension (case ignored), and not hidden. */
export function isPictureName(name: string): boolean {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return !name.startsWith('.') && PICTURE_EXTENSIONS.some((known) => known === extension);
}

/**
 * Whether a file below a folder of pictures is one: by its name, and neither its stem nor one of its
 * folders called a mask.
 * @param path relative to the folder of pictures, with "/"
 */
export function isPicturePath(path: string): boolean {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  if (name.startsWith('.') || !PICTURE_EXTENSIONS.some((known) => known === extension))
    return false;
  return ![...parts, stemOf(name)].some((part) => part.toLowerCase().includes('mask'));
}

/** File names under which the mask of an image is looked for, in this order. */
export function maskNames(id: string): string[] {
  return MASK_EXTENSIONS.map((extension) => `${id}.${extension}`);
}
