'use client'

import { useMemo } from 'react'
import { type FailureGroup, failureCause } from '../../../upload/errors/failure-groups.js'
import type { RejectedFiles } from '../../../upload/store/rejected-files.js'
import type { RemovedFiles } from '../../../upload/store/removed-files.js'
import type { NoticeState } from '../../base/data-attributes.js'
import { groupedFailures } from '../../context/grouped-failures.js'
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
  /** Tries again what has failed. */
  readonly retry?: (() => void) | undefined
  /** Brings back the files that were removed. */
  readonly undo?: (() => void) | undefined
  /** Takes it away; one without goes by itself. */
  readonly dismiss?: (() => void) | undefined
}

/** Causes that say something of several files must not fill the page. */
const shownAtMost = 3

/** What there is to say, the newest cause first, and how many more files were rejected. */
export function useNotices({
  uploads,
  actions,
  translate,
  explain,
  format,
}: UploaderContextValue): {
  readonly notices: readonly Notice[]
  readonly more: number
} {
  const isOffline = useUploads(uploads, ({ summary }) => summary.offline > 0)
  const failures = useUploads(uploads, ({ summary }) => summary.failures)
  const rejected = useUploads(uploads, (store) => store.rejected)
  const removed = useUploads(uploads, (store) => store.removed)
  return useMemo(() => {
    const texts = { actions, translate, explain, format }
    const failed = groupedFailures({ failures }).map((group) => failedNotice(group, texts))
    const newest = [...rejected].reverse()
    const place = shownAtMost - failed.length
    const rejections = newest.slice(0, place).map((group) => rejectedNotice(group, texts))
    const more = newest.slice(place).reduce((sum, { count }) => sum + (count || 1), 0)
    const passing = [...offlineNotice(isOffline, texts), ...removedNotice(removed, texts)]
    return { notices: [...passing, ...failed, ...rejections], more }
  }, [isOffline, failures, rejected, removed, actions, translate, explain, format])
}

type NoticeTexts = Pick<UploaderContextValue, 'actions' | 'translate' | 'explain' | 'format'>

function offlineNotice(isOffline: boolean, { translate }: NoticeTexts): Notice[] {
  const text = translate('noInternetConnection')
  return isOffline ? [{ id: 'offline', kind: 'warning', name: 'offline', text }] : []
}

function failedNotice(
  { error, count }: FailureGroup,
  { actions, translate, explain }: NoticeTexts,
): Notice {
  return {
    id: `failed-${failureCause(error)}`,
    kind: 'error',
    name: 'failed',
    text: `${translate('xNotUploaded', { smart_count: count })} ${explain(error)}`,
    retry: error.retryable ? actions.retryAll : undefined,
  }
}

function rejectedNotice(group: RejectedFiles, { actions, translate, format }: NoticeTexts): Notice {
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
}

function removedNotice(
  removed: RemovedFiles | undefined,
  { actions, translate }: NoticeTexts,
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
