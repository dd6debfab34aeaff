'use client'

import { Fragment } from 'react'
import { useClassNames } from '../../context/usePart.js'

interface DotListProps {
  readonly facts: readonly string[]
}

/** Short facts in a line that breaks only between them. */
export function DotList({ facts }: DotListProps) {
  const classOf = useClassNames()
  return facts.map((fact, index) => (
    <Fragment key={fact}>
      {index > 0 && '\u00a0· '}
      <bdi className={classOf('s3u-fact')}>{fact}</bdi>
    </Fragment>
  ))
}
