import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { OpenBody } from '../../s3/model/storage.js'
import type { DiskLayout } from './disk-layout.js'
import { exists, type Found, lookAt, removeEmptyFolders, renameInto } from './files.js'
import type { ObjectPaths } from './object-paths.js'
import type { SavedObject } from './record-journal.js'
import { openStoredFile } from './stored-file.js'

/** The files of a bucket's objects; none of them is reached through a link. */
export class ObjectFiles {
  readonly #layout: DiskLayout
  readonly #bucket: string

  constructor(layout: DiskLayout, bucket: string) {
    this.#layout = layout
    this.#bucket = bucket
  }

  /**
   * Finds the place for a key's file: under its key, or aside where a link or a folder of others stands in the way.
   *
   * @throws Error when it is in the way there too.
   */
  async place(paths: ObjectPaths, key: string): Promise<string> {
    const path = paths.place(key)
    if ((await this.#lookAt(path)).kind !== 'blocked') return path
    const aside = paths.placeAside(key)
    if ((await this.#lookAt(aside)).kind !== 'blocked') return aside
    throw new Error(
      `s3-direct-upload: something is in the way of the file "${this.pathOf(aside)}". ` +
        'Remove what is not of the test S3: it follows no links inside its directory.',
    )
  }

  pathOf(path: string): string {
    return this.#layout.objectFile(this.#bucket, path)
  }

  /** Opens a file; nothing where it is gone. */
  async open(path: string): Promise<OpenBody | undefined> {
    const { kind } = await this.#lookAt(path)
    return kind === 'file' ? openStoredFile(this.pathOf(path)) : undefined
  }

  /** Ends the removal of an object, unless another file has come to its place. */
  async finishRemoval({ path, record }: SavedObject): Promise<void> {
    const found = await this.#lookAt(path)
    if (found.kind === 'file' && found.size !== record.size) return
    await this.remove(path)
  }

  /** Whether the file is there as it was stored, as far as its size tells. */
  async has({ path, record }: SavedObject): Promise<boolean> {
    const found = await this.#lookAt(path)
    return found.kind === 'file' && found.size === record.size
  }

  /** Removes a file if it is there, and the folders that are empty then. */
  async remove(path: string): Promise<void> {
    if ((await this.#lookAt(path)).kind === 'blocked') return
    const file = this.pathOf(path)
    await rm(file, { force: true })
    await removeEmptyFolders(dirname(file), this.#layout.bucketFolder(this.#bucket))
  }

  /** Moves the bytes of a published object to their place, if an earlier run has not come to that. */
  async finishMove(saved: SavedObject, paths: ObjectPaths): Promise<SavedObject> {
    const waiting = this.#layout.incomingFile(saved.incoming ?? '')
    if (saved.incoming === undefined || !(await exists(waiting))) return saved
    const path = await this.place(paths, saved.record.key)
    const file = this.pathOf(path)
    await renameInto(waiting, file, () => mkdir(dirname(file), { recursive: true }))
    return { ...saved, path }
  }

  #lookAt(path: string): Promise<Found> {
    return lookAt(this.#layout.directory, `${this.#bucket}/${path}`)
  }
}
