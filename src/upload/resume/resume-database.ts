/** Name of the IndexedDB database that holds resume records. */
export const resumeDatabaseName = 's3-direct-upload'

/** Whether the database is there, or the browser does not say. */
export async function resumeDatabaseMayExist(): Promise<boolean> {
  const databases = await globalThis.indexedDB.databases?.()
  return databases?.some(({ name }) => name === resumeDatabaseName) ?? true
}
