'use client'

import type { ReactElement, Ref, RefCallback } from 'react'
import { useMemo } from 'react'
import { dataAttributes } from '../base/data-attributes.js'
import { joinRefs } from '../base/merge-props.js'
import type { PartName } from '../base/part-names.js'
import { forState, mergePartProps, type PartProps, type PartTag } from '../base/part-props.js'
import { type RenderElement, renderElement } from '../base/render-element.js'
import { useUploaderAround } from './UploaderContext.js'

/** What a part is made of. */
interface PartOptions<Tag extends PartTag, State extends object> {
  readonly name: PartName
  /** Its own class, which `unstyled` leaves out. */
  readonly className: string
  readonly state: State
  /** What the app gives it. */
  readonly given: PartProps<Tag, State>
  readonly ref: Ref<HTMLElementTagNameMap[Tag]> | undefined
  /** What it gives its element itself. */
  readonly own?: object
}

/** The element of a part: the usual one, or the one the app wants, with all that both give it. */
export function usePart<Tag extends PartTag, State extends object>(
  tag: Tag,
  { name, className: ours, state, given, ref, own = {} }: PartOptions<Tag, State>,
): ReactElement {
  const classOf = useClassNames()
  const { classNames } = useUploaderAround() ?? {}
  const { className, style, render, ...props } = given
  const names = [classOf(ours), classNames?.[name], forState(className, state)].filter(Boolean)
  const merged = mergePartProps(
    { ...own, ...dataAttributes(state), 'data-part': name },
    { ...props, style: forState(style, state) },
  )
  const ownRef = 'ref' in own ? own.ref : undefined
  const joined = useJoinedRefs(ownRef as Ref<unknown> | undefined, ref as Ref<unknown> | undefined)
  const element = {
    ...merged,
    ...(joined && { ref: joined }),
    ...(names.length > 0 && { className: names.join(' ') }),
  }
  // The props of this element, which is what `render` of this part takes.
  return renderElement(tag, element, {
    render: render as RenderElement<typeof element, State> | undefined,
    state,
  })
}

/** Leaves out a class of ours where the uploader is to have none. */
export function useClassNames(): (ours: string) => string | undefined {
  const isUnstyled = useUploaderAround()?.unstyled
  return (ours) => (isUnstyled ? undefined : ours)
}

function useJoinedRefs(
  own: Ref<unknown> | undefined,
  given: Ref<unknown> | undefined,
): Ref<unknown> | RefCallback<unknown> | undefined {
  return useMemo(() => (own && given ? joinRefs(own, given) : (own ?? given)), [own, given])
}
