'use client'

import type { NoticeState } from '../../base/data-attributes.js'
import type { PartProps } from '../../base/part-props.js'
import { createPart } from '../../context/create-part.js'
import { ActionButton } from '../action/ActionButton.js'
import { Icon } from '../elements/Icon.js'
import type { Notice } from './useNotices.js'

/** Props of `Uploader.Notice`. */
interface NoticeProps extends PartProps<'div', NoticeState> {
  /** What it says, as `Uploader.Notices` tells it. */
  readonly notice: Notice
}

/** One notice, with a button that dismisses it unless it goes by itself. The live region speaks it. Renders a `<div>`. */
export const UploaderNotice = createPart<'div', NoticeState, NoticeProps>(
  ['div', 'notice', 's3u-rejection'],
  ({ notice, ...given }, { translate }) => {
    const { kind, name, text, file, undo, retry, addAnyway, dismiss } = notice
    const isOffline = name === 'offline'
    const children = (
      <>
        {name !== 'removed' && <Icon name={isOffline ? 'offline' : 'error'} />}
        <p>
          <bdi>{text}</bdi>
        </p>
        {undo && (
          <ActionButton action="undo" look="button" text={translate('undo')} onPress={undo} />
        )}
        {retry && (
          <ActionButton
            action="retry-all"
            look="button"
            text={translate('retryUpload')}
            onPress={retry}
          />
        )}
        {addAnyway && (
          <ActionButton
            action="add-anyway"
            look="button"
            text={translate('addAnyway')}
            onPress={addAnyway}
          />
        )}
        {dismiss && (
          <ActionButton
            action="dismiss"
            look="icon"
            text={translate('hide')}
            file={file}
            icon={<Icon name="remove" />}
            onPress={dismiss}
          />
        )}
      </>
    )
    const className = { error: undefined, warning: 's3u-offline', info: 's3u-removed' }[kind]
    return { state: { kind, name }, className, given, own: { children } }
  },
)
