'use client'

import { useMemo } from 'react'
import type { RemovedFiles } from '../../../upload/store/removed-files.js'
import type { NoticeState } from '../../base/data-attributes.js'
import type { UploaderContextValue } from '../../context/UploaderContext.js'
import { useUploads } from '../../hooks/useUploads.js'
import { describeRejection } from '../../text/describe-rejection.js'

/** Something that is said of the uploader until it has passed or is dismissed. */
export interface Notice extends NoticeState {
  readonly id: string
  readonly text: string
  /** The one file that it is about. */
  readonly file?: string | undefined
  /** Adds the files that were only set aside. */
  readonly addAnyway?: (() => void) | undefined
  /** Brings back the files that were removed. */
  readonly undo?: (() => void) | undefined
  /** Takes it away; one without goes by itself. */
  readonly dismiss?: (() => void) | undefined
}

/** What is left out for many reasons must not fill the page. */
const shownAtMost = 4

/** What there is to say, and how many more files were rejected. */
export function useNotices({ uploads, actions, translate, format }: UploaderContextValue): {
  readonly notices: readonly Notice[]
  readonly more: number
} {
  const isOffline = useUploads(uploads, ({ summary }) => summary.offline > 0)
  const rejected = useUploads(uploads, (store) => store.rejected)
  const removed = useUploads(uploads, (store) => store.removed)
  return useMemo(() => {
    const offline: Notice[] = isOffline
      ? [
          {
            id: 'offline',
            kind: 'warning',
            name: 'offline',
            text: translate('noInternetConnection'),
          },
        ]
      : []
    const rejections = rejected.slice(-shownAtMost).map((group): Notice => {
      const { id, reason, names, count } = group
      return {
        id: `rejected-${id}`,
        kind: 'error',
        name: reason,
        text: describeRejection(group, { translate, format }),
        file: count === 1 ? names[0] : undefined,
        addAnyway: group.canAddAnyway ? () => actions.addAnyway(id) : undefined,
        dismiss: () => actions.dismiss(id),
      }
    })
    const more = rejected.slice(0, -shownAtMost).reduce((sum, { count }) => sum + (count || 1), 0)
    return {
      notices: [...offline, ...removedNotice(removed, { actions, translate }), ...rejections],
      more,
    }
  }, [isOffline, rejected, removed, actions, translate, format])
}

function removedNotice(
  removed: RemovedFiles | undefined,
  { actions, translate }: Pick<UploaderContextValue, 'actions' | 'translate'>,
): Notice[] {
  if (!removed) return []
  const { count, names } = removed
  const [file = ''] = names
  return [
    {
      id: 'removed',
      kind: 'info',
      name: 'removed',
      text:
        count === 1
          ? translate('fileRemoved', { file })
          : translate('xRemoved', { smart_count: count }),
      undo: actions.undo,
      dismiss: actions.dismissRemoved,
    },
  ]
}
