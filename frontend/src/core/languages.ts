/** Which language the page speaks to this person. It is chosen once, before anything is drawn. */

import { LANGUAGES, type Language } from './messages'
import { forget, type Store } from './storage'

const KEY = 'crest.language'

/** What each language calls itself: whoever looks for theirs reads no other. */
export const NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' }

type Wishes = { profile?: string; remembered?: string | null; browser?: readonly string[] }

/** Their profile's, or what this browser remembers, or the first of the browser's that we speak. */
export function chooseLanguage({ profile, remembered, browser = [] }: Wishes): Language {
  const wanted = [profile, remembered, ...browser]
  return wanted.map(spokenHere).find(one => one !== undefined) ?? 'en'
}

/** "de-AT" is German to us. */
const spokenHere = (wanted: string | null | undefined): Language | undefined =>
  LANGUAGES.find(one => one === wanted?.toLowerCase().split('-')[0])

export function rememberedLanguage(store: Pick<Storage, 'getItem'>): string | null {
  try {
    return store.getItem(KEY)
  } catch {
    return null
  }
}

/** For the next time, and for the login page, which does not know yet who comes. */
export function rememberLanguage(store: Pick<Storage, 'setItem'>, wanted: Language): void {
  try {
    store.setItem(KEY, wanted)
  } catch {
    // Switched off: the browser's own languages are as good.
  }
}

export const forgetLanguage = (store: Store): void => forget(store, KEY)
