'use client'

import {
  type ForwardedRef,
  type FunctionComponent,
  forwardRef,
  type ReactNode,
  type RefAttributes,
} from 'react'
import type { PartName } from '../base/part-names.js'
import type { PartProps, PartTag } from '../base/part-props.js'
import { useItemAround } from './ItemContext.js'
import type { ItemView } from './item-view.js'
import { type UploaderContextValue, useRoot, within } from './UploaderContext.js'
import { usePart } from './usePart.js'

/** A part: a component that takes a ref. */
type Part<Tag extends PartTag, Props> = FunctionComponent<
  Props & RefAttributes<HTMLElementTagNameMap[Tag]>
>

/** What a part is made of at the moment. */
interface PartNow<Given, State> {
  /** State for CSS and the app. @default none */
  readonly state?: State
  /** Its own class, where that is not always the same. */
  readonly className?: string
  /** What the part gives its element. */
  readonly own?: object
  /** What the app gives its element, where that is not all of the props. */
  readonly given?: Given
  /** Whether it renders nothing. */
  readonly isAbsent?: boolean
}

/** Creates a part within `Uploader.Root`; `useNow` is a hook. */
export function createPart<
  Tag extends PartTag,
  State extends object = object,
  Props extends object = PartProps<Tag, State>,
>(
  [tag, name, className]: readonly [tag: Tag, name: PartName, className: string],
  useNow: (props: Props, root: UploaderContextValue) => PartNow<PartProps<Tag, State>, State>,
): Part<Tag, Props> {
  function UploaderPart(props: Props, ref: ForwardedRef<HTMLElementTagNameMap[Tag]>) {
    const { state, className: ours, own, given, isAbsent } = useNow(props, useRoot(nameOf(name)))
    const element = usePart<Tag, State>(tag, {
      name,
      className: ours ?? className,
      // A part without a state has the empty one, and one that reads no props has those of its element.
      state: state ?? ({} as State),
      given: given ?? (props as PartProps<Tag, State>),
      ref,
      own,
    })
    return isAbsent ? null : element
  }
  return forwardPartRef(UploaderPart)
}

type ForwardPartRef = <Element, Props>(
  render: (props: Props, ref: ForwardedRef<Element>) => ReactNode,
) => FunctionComponent<Props & RefAttributes<Element>>

// React's own type takes the ref out of the props, of which none has one.
const forwardPartRef = forwardRef as ForwardPartRef

/** Creates a part within `Uploader.Item`. */
export function createItemPart<Tag extends PartTag, State extends object = object>(
  look: readonly [tag: Tag, name: PartName, className: string],
  now: (item: ItemView, root: UploaderContextValue) => PartNow<PartProps<Tag, State>, State>,
): Part<Tag, PartProps<Tag, State>> {
  return createPart<Tag, State>(look, function useNow(_, root) {
    return now(within(useItemAround(), nameOf(look[1]), 'Item'), root)
  })
}

function nameOf(part: string): string {
  return `<Uploader.${part.replace(/^./, (letter) => letter.toUpperCase())}>`
}
