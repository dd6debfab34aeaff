/** What is signed, a batch at a time. */
export const signingTasks = ['post-policy', 'part-url'] as const

export type SigningTask = (typeof signingTasks)[number]

/** Who signs. */
export const signers = ['ours', 'aws-sdk', 'aws4fetch'] as const

export type Signer = (typeof signers)[number]

/** So many signatures are made at once: the most of one request to the signing handler. */
export const batchSize = 100

/** Reads from a batch what a browser would send; only the check does that, never the clock. */
export type ReadRequests = () => Promise<readonly Request[]>

/** Someone who signs one of the tasks. */
export interface SigningContestant {
  readonly task: SigningTask
  readonly subject: Signer
  /** Makes {@link batchSize} signatures. */
  signBatch(): Promise<ReadRequests>
}
