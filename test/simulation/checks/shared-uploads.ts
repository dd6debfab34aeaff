import type { Run } from '../run/run-scenario.js'

/** No tab sends parts of an upload while another one does. */
export function sharesNoUpload({ world: { sends, clock } }: Run): string[] {
  // After a lost database, a page may be woken by a task of the world.
  const ofPages = sends.all.filter(({ tab }) => tab !== clock.world.name)
  const isShared = ofPages.some(
    ({ tab, uploadId, beganMs }, index) =>
      uploadId !== undefined &&
      ofPages
        .slice(0, index)
        .some(
          (other) =>
            other.uploadId === uploadId &&
            other.tab !== tab &&
            (other.endMs ?? Number.POSITIVE_INFINITY) > beganMs,
        ),
  )
  return isShared ? ['SHARED two tabs send parts of the same upload'] : []
}
