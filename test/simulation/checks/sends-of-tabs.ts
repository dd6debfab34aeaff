import type { PageSend, PageSends } from '../world/page-sends.js'

/** What a tab has in flight when it begins a request, that included. */
export function inFlightWith(send: PageSend, { all }: PageSends): readonly PageSend[] {
  return all.filter(
    ({ tab, beganMs, endMs = Number.POSITIVE_INFINITY }, index) =>
      tab === send.tab &&
      endMs > send.beganMs &&
      beganMs <= send.beganMs &&
      index <= all.indexOf(send),
  )
}

/** Requests of the same tab that begin after this one has ended, in their order. */
export function sentAfter(send: PageSend, { all }: PageSends): readonly PageSend[] {
  const { endMs = Number.POSITIVE_INFINITY } = send
  return all.filter(({ tab, beganMs }) => tab === send.tab && beganMs > endMs + tellingMs)
}

/** Within so long the page has heard of an end. */
const tellingMs = 5

/** Whether the storage has refused it as busy. */
export function isRefusedAsBusy({ status = 0, refusal = '' }: PageSend): boolean {
  return status === 503 && !refusal.includes('InternalError')
}
