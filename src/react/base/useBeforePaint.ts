'use client'

import { useEffect, useLayoutEffect } from 'react'

/** An effect that comes before the user sees what was rendered. React 18 warns of one where it renders on a server. */
export const useBeforePaint = typeof window === 'undefined' ? useEffect : useLayoutEffect
