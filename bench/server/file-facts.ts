/** What a browser tells of a file to have it signed. */
export interface FileFacts {
  readonly name: string
  readonly size: number
  readonly type: string
}

/** What the endpoints of the app work with. */
export interface EndpointContext {
  readonly s3Url: string
  /** Reaches the bucket without the line. */
  readonly fetch: (request: Request) => Promise<Response>
}

/** Answers the JSON of a request with JSON. */
export type JsonEndpoint = (body: never, context: EndpointContext) => unknown
