/** What a page has learned of an endpoint. */
export interface EndpointHistory {
  /** It has answered in the protocol's terms: what answers otherwise later only stands in its place for a while. */
  hasAnswered: boolean
  /** Its answers come by a redirect, which is followed at once from then on. */
  isMoved: boolean
}
