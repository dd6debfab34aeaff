import type { Runtime } from '../../async/runtime.js'
import type { DownloadDescription } from '../../protocol/downloads.js'
import type { SigningClientOptions } from '../endpoint/endpoint-request.js'
import { loadSigning } from './load-signing.js'

/** Has the URL of a stored file signed; rejects with an `UploadError`. */
export async function signedUrlOf(
  file: DownloadDescription,
  {
    runtime,
    connection,
  }: { readonly runtime: Runtime; readonly connection: () => SigningClientOptions },
): Promise<string> {
  const { downloadSignerOf } = await loadSigning(importSigning, runtime)
  const signDownload = downloadSignerOf(runtime)
  return (await signDownload(file, connection())).url
}

/** The code comes at the first click: most pages have more downloads than clicks. */
const importSigning = () => import('../endpoint/downloads.js')
