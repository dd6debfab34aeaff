'use client'

import { memo, useId } from 'react'
import type { UploadRecord } from '../../../upload/store/upload-record.js'
import { present, type UploadListItemDataAttributes } from '../../base/data-attributes.js'
import { useUploadRecord } from '../../hooks/useUploadRecord.js'
import { describeStatus, problemOf, shareOf } from '../../text/upload-status-text.js'
import { DotList } from '../elements/DotList.js'
import { FileName } from '../elements/FileName.js'
import { AlertIcon, CheckIcon, FileIcon } from '../elements/icons.js'
import { useUploader } from '../root/UploaderContext.js'
import { UploadListItemActions } from './UploadListItemActions.js'

/** One file with its state, progress and buttons. Renders an `<li>`. */
export const UploadListItem = memo(function UploadListItem({ id }: { readonly id: string }) {
  const { uploads, translate, explain, format, name } = useUploader()
  const file = useUploadRecord({ uploads }, id)
  const labelId = useId()
  if (!file) return null
  const problem = problemOf(file)
  const state: UploadListItemDataAttributes = {
    'data-status': file.status,
    'data-retrying': present(file.status !== 'failed' && problem !== undefined),
    'data-reason': 'reason' in file ? file.reason : undefined,
  }

  return (
    <li className="s3u-item" aria-labelledby={`${labelId}-name ${labelId}-facts`} {...state}>
      <span className="s3u-item-icon">
        <StatusIcon file={file} />
      </span>
      <div className="s3u-item-text">
        <FileName id={`${labelId}-name`} name={file.name} relativePath={file.relativePath} />
        <p className="s3u-item-facts" id={`${labelId}-facts`}>
          <DotList facts={[format.bytes(file.size), describeStatus(file, translate, format)]} />
        </p>
        <ItemProgress file={file} />
      </div>
      {problem && (
        <p className="s3u-item-problem">
          <bdi>{explain(problem)}</bdi>
        </p>
      )}
      <UploadListItemActions file={file} />
      {name && file.status === 'complete' && (
        <input type="hidden" name={name} value={file.object.receipt} />
      )}
    </li>
  )
})

function StatusIcon({ file }: { readonly file: UploadRecord }) {
  if (file.status === 'complete') return <CheckIcon />
  return file.status === 'failed' ? <AlertIcon /> : <FileIcon type={file.type} />
}

function ItemProgress({ file }: { readonly file: UploadRecord }) {
  const { translate, format } = useUploader()
  if (file.status === 'ready' || file.status === 'complete' || file.status === 'failed') return null
  const share = shareOf(file)
  return (
    <progress
      className="s3u-progress"
      value={share}
      aria-label={translate('fileProgress', { file: file.name })}
      aria-valuetext={format.percent(share)}
    />
  )
}
