/** What is signed, a batch at a time. */
export const signingTasks = ['post-policy', 'part-url'] as const

export type SigningTask = (typeof signingTasks)[number]

/** Who signs. */
export const signers = ['ours', 'aws-sdk', 'aws4fetch'] as const

export type Signer = (typeof signers)[number]

/** So many signatures are made at once: the most of one request to the signing handler. */
export const batchSize = 100

/** What a browser would send: a form with the file, or a part. */
export type Signed =
  | { readonly url: string; readonly fields: Readonly<Record<string, string>> }
  | { readonly url: string; readonly headers: Readonly<Record<string, string>> }

/** Reads a batch; only the check does that, never the clock. */
export type ReadBatch = () => Promise<readonly Signed[]>

/** Someone who signs one of the tasks. */
export interface SigningContestant {
  readonly task: SigningTask
  readonly subject: Signer
  /** Makes {@link batchSize} signatures. */
  signBatch(): Promise<ReadBatch>
}
