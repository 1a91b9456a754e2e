/** An archive's name as that of a folder: without folders and without ".zip". */
export function archiveFolder(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.(zip|loupe)$/i, '');
  return name === '' || name === '.' || name === '..' ? 'archive' : name;
}
