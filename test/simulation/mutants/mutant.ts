/** A bug that is planted into the product: seeds must find it, or a check is missing. */
export interface Mutant {
  readonly name: string
  /** What the product does no longer. */
  readonly rule: string
  /** From the root of the repository. */
  readonly file: string
  /** Stands in the file once. */
  readonly find: string
  readonly put: string
}
