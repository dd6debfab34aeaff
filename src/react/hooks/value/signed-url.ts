import type { Runtime } from '../../../async/runtime.js'
import type { DownloadDescription } from '../../../protocol/downloads.js'
import { loadSigning } from '../../../upload/download/load-signing.js'
import type { SigningClientOptions } from '../../../upload/endpoint/endpoint-request.js'

/** How to reach the endpoint that signs a URL. */
interface SigningAccess {
  readonly runtime: Runtime
  /** Asked when the code is there. */
  readonly connection: () => SigningClientOptions
}

/** Has the URL of a stored file signed; rejects with an `UploadError`. */
export async function signedUrlOf(
  file: DownloadDescription,
  { runtime, connection }: SigningAccess,
): Promise<string> {
  const { downloadSignerOf } = await loadSigning(importSigning, runtime)
  const signDownload = downloadSignerOf(runtime)
  return (await signDownload(file, connection())).url
}

/** The code comes at the first click: most pages have more downloads than clicks. */
const importSigning = () => import('../../../upload/endpoint/downloads.js')
