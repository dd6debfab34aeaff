import type { LocalePack } from 's3-direct-upload'
import { ar } from 's3-direct-upload/locales/ar'
import { de } from 's3-direct-upload/locales/de'
import { en } from 's3-direct-upload/locales/en'
import { es } from 's3-direct-upload/locales/es'
import { fr } from 's3-direct-upload/locales/fr'
import { ja } from 's3-direct-upload/locales/ja'

/** Our packs of texts by their codes. */
export const packs: Readonly<Record<string, LocalePack>> = { ar, de, en, es, fr, ja }
