import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

const foldersUnder = (folder: string): string[] => [
  folder,
  ...readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name)),
];

/**
 * Tells of every change below the folders. Each folder has a watch of its own: Node's recursive watch on Linux follows
 * files, and loses one that an editor replaces by renaming.
 */
export const watchTrees = (folders: readonly string[], changed: (file: string) => void) => {
  const watchers = new Map<string, FSWatcher>();
  const add = (root: string) => {
    for (const folder of existsSync(root) ? foldersUnder(root) : []) {
      if (!watchers.has(folder))
        watchers.set(
          folder,
          watch(folder, (event, name) => onEvent(folder, event, name)),
        );
    }
  };
  const onEvent = (folder: string, event: string, name: string | null) => {
    if (!name) return;
    const path = join(folder, name);
    if (event === 'rename') {
      watchers.get(path)?.close();
      watchers.delete(path);
      if (existsSync(path) && isFolder(path)) add(path);
    }
    changed(path);
  };
  const isFolder = (path: string) =>
    readdirSync(join(path, '..'), { withFileTypes: true }).some(
      (entry) => join(entry.parentPath, entry.name) === path && entry.isDirectory(),
    );
  for (const folder of folders) add(folder);
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
};
