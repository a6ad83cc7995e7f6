/** The user `nobody` of every Linux distribution. */
const NOBODY = 65_534;

/** Does something as a user who may not read everything: root, who may, becomes nobody meanwhile. */
export async function asOrdinaryUser<T>(body: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return body();
  process.seteuid?.(NOBODY);
  try {
    return await body();
  } finally {
    process.seteuid?.(0);
  }
}
