'use client'

import { useMemo } from 'react'
import { toUploadError } from '../../upload/errors/upload-error.js'
import type { AddableFile } from '../../uppy/intake/addable-file.js'
import { useRuntime } from '../base/RuntimeContext.js'
import { useLatest } from '../base/useLatest.js'
import type { UppyInstance } from '../instance/useUppyInstance.js'
import type { UploaderCallbacks } from '../options/s3-uploader-options.js'
import type { Translate } from '../text/messages.js'
import type { ReasonMessage } from '../text/rejection-message.js'
import { rejectFile } from './reject-file.js'
import { type RemovalActions, removalActions } from './removal-actions.js'
import { downloadStored } from './value/stored-actions.js'

/** What a user can do with files; the functions never change as long as the Uppy instance stays. */
export interface UploadActions extends RemovalActions {
  /** Adds files. What is not accepted is listed in `rejected`. */
  addFiles(files: readonly (File | AddableFile)[]): void
  /** Starts what has not been started, and what has failed. */
  upload(): void
  /** Starts a failed file again. */
  retry(id: string): void
  /** Starts all failed files again. */
  retryAll(): void
  /** Stops sending a file until it is resumed; what the server is confirming already goes on. */
  pause(id: string): void
  /** Goes on with a paused file. */
  resume(id: string): void
  /** Pauses every file that is under way. */
  pauseAll(): void
  /** Goes on with every paused file; failed ones stay failed. */
  resumeAll(): void
  /** Downloads a stored file: by its `href`, else by a URL that the endpoint signs. Call it in the handler of a click. */
  download(id: string): void
  /**
   * Goes on with one of `interrupted` that `canReopen`; call it in answer to a click, since the browser may ask for
   * permission. A file that cannot be opened, or is no longer unfinished, is listed in `rejected`.
   */
  continueInterrupted(uploadId: string): void
  /** Discards one of `interrupted`: S3 removes what it has of it. */
  discardInterrupted(uploadId: string): void
  /** Adds the files of an entry of `rejected` that `canAddAnyway`: those that the list has already. */
  addAnyway(id: number): void
  /** Takes one entry, or all, from `rejected`. */
  dismiss(id?: number): void
}

/** What the actions read when they run. */
interface ActionContext extends Pick<UploaderCallbacks, 'onFileRemove'> {
  readonly translate: Translate<'fileAndReason' | ReasonMessage>
  /** Whether a choice replaces the file there is, as in a file input of the browser. */
  readonly isSingle: boolean
}

/** The actions of an uploader. */
export function useUploadActions(
  { uppy, plugin }: UppyInstance,
  context: ActionContext,
): UploadActions {
  const latest = useLatest(context)
  const runtime = useRuntime()
  return useMemo(
    () => ({
      addFiles(files) {
        const addable = files.map((file) => ('file' in file ? file : { file }))
        plugin?.addFiles(addable, { replace: latest.current.isSingle })
      },
      upload() {
        if (!plugin) return
        settle(plugin.uploadNew())
        // Uppy would tell of an empty upload's completion where nothing has failed.
        if (plugin.uploads.summary.counts.failed > 0) settle(uppy.retryAll())
      },
      retry(id) {
        if (plugin?.uploads.get(id)?.status !== 'failed') return
        // Else it waits for the code that adds it to Uppy.
        if (uppy.getFile(id)) settle(uppy.retryUpload(id))
        else void plugin.prepare()
      },
      retryAll() {
        void plugin?.prepare()
        settle(uppy.retryAll())
      },
      pause(id) {
        const status = plugin?.uploads.get(id)?.status
        const canPause = status === 'waiting' || status === 'uploading'
        if (canPause) plugin?.setPaused(id, true)
      },
      resume: (id) => plugin?.setPaused(id, false),
      pauseAll: () => uppy.pauseAll(),
      resumeAll: () => uppy.resumeAll(),
      ...removalActions(plugin, (file) => latest.current.onFileRemove?.(file)),
      download(id) {
        const file = plugin?.uploads.get(id)
        if (plugin && file?.status === 'stored') void downloadStored(plugin, file, runtime)
      },
      continueInterrupted(uploadId) {
        const upload = plugin?.uploads.interrupted.find((each) => each.uploadId === uploadId)
        if (!plugin || !upload) return
        plugin.interrupted.reopen(uploadId).catch((error: unknown) => {
          const isGone = toUploadError(error).code === 'interrupted-gone'
          const reason = isGone ? 'interrupted-gone' : 'cannot-reopen'
          rejectFile(uppy, { name: upload.name, reason }, latest.current.translate)
        })
      },
      discardInterrupted: (uploadId) => void plugin?.interrupted.discard(uploadId),
      addAnyway: (id) => plugin?.addAnyway(id),
      dismiss: (id) => plugin?.dismissRejected(id),
    }),
    [uppy, plugin, latest, runtime],
  )
}

/** Uppy has told everybody by its events when a start is refused; the rejection says nothing more. */
function settle(start: Promise<unknown>): void {
  start.catch(() => undefined)
}
