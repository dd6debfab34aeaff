/** The user or tenant of a request, as `authorize` said. Further fields of the app are handed to its hooks. */
export interface Caller {
  /** A stable id of the user or tenant, 1 to 256 characters; tokens and receipts are bound to it. */
  readonly owner: string
}

/** What `authorize` may return: a caller, or nothing to refuse. */
export type AuthorizeResult<AppCaller extends Caller = Caller> =
  | AppCaller
  | null
  | undefined
  | false
