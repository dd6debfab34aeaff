'use client'

import { useCallback, useState } from 'react'
import type { DownloadDescription } from '../../protocol/downloads.js'
import { toDisk, toNewTab } from '../../upload/download/follow-url.js'
import type { SigningClientOptions } from '../../upload/endpoint/endpoint-request.js'
import { toUploadError, type UploadError } from '../../upload/errors/upload-error.js'
import type { DownloadStatus } from '../base/data-attributes.js'
import { useRuntime } from '../base/RuntimeContext.js'
import { useLatest } from '../base/useLatest.js'
import { signedUrlOf } from './value/signed-url.js'

/** How to reach the endpoint that signs downloads. */
export type UseS3DownloadOptions = Omit<SigningClientOptions, 'fetch'>

/** What `useS3Download` returns. */
export interface UseS3DownloadResult {
  /**
   * Has a file signed and hands it to the browser: saved, or with `disposition: 'inline'` shown in a new tab. Call it in
   * the handler of a click. Resolves to whether it began; if not, `error` says why.
   */
  readonly download: (file: DownloadDescription) => Promise<boolean>
  /**
   * Has a file signed and returns the URL, for an `<img>` or a player. Whoever has the URL can read the file until it
   * expires: do not store or log it. Rejects with an `UploadError`.
   */
  readonly getUrl: (file: DownloadDescription) => Promise<string>
  /** Of the latest download; `started` when the browser has it, which then shows the progress. */
  readonly status: DownloadStatus
  /** Why the latest download did not begin. */
  readonly error: UploadError | undefined
}

interface DownloadState {
  /** How many are being signed. */
  readonly signing: number
  readonly latest: Exclude<DownloadStatus, 'signing'>
  readonly error: UploadError | undefined
}

/**
 * Downloads stored files by URLs that the endpoint signs just in time; files asked for at the same moment share a request.
 *
 * @example
 * const { download, status, error } = useS3Download({ endpoint: '/api/s3' })
 * <button type="button" onClick={() => download({ key: invoice.key })}>Invoice</button>
 */
export function useS3Download(options: UseS3DownloadOptions): UseS3DownloadResult {
  const runtime = useRuntime()
  const latestOptions = useLatest(options)
  const [state, setState] = useState<DownloadState>(nothingYet)

  const getUrl = useCallback(
    (file: DownloadDescription) =>
      signedUrlOf(file, { runtime, connection: () => latestOptions.current }),
    [runtime, latestOptions],
  )
  const download = useCallback(
    async (file: DownloadDescription) => {
      const target = file.disposition === 'inline' ? toNewTab() : toDisk()
      setState((before) => ({ ...before, signing: before.signing + 1 }))
      try {
        target.follow(await getUrl(file))
        setState((before) => ended(before, { latest: 'started' }))
        return true
      } catch (thrown) {
        target.close()
        setState((before) => ended(before, { latest: 'failed', error: toUploadError(thrown) }))
        return false
      }
    },
    [getUrl],
  )
  const status = state.signing > 0 ? 'signing' : state.latest
  return { download, getUrl, status, error: status === 'failed' ? state.error : undefined }
}

const nothingYet: DownloadState = { signing: 0, latest: 'ready', error: undefined }

function ended(
  { signing }: DownloadState,
  { latest, error }: Pick<DownloadState, 'latest'> & { readonly error?: UploadError },
): DownloadState {
  return { signing: signing - 1, latest, error }
}
