'use client'

import { createContext, useContext } from 'react'
import type { ItemView } from './item-view.js'

const ItemContext = createContext<ItemView | undefined>(undefined)

/** Gives the parts inside it their file. */
export const ItemProvider = ItemContext.Provider

/** The file around a part that also stands without one. */
export function useItemAround(): ItemView | undefined {
  return useContext(ItemContext)
}
