/** Nobody leaves a form with changes in it by mistake: they are asked first. */

import { useEffect } from 'react'
import type { AroundNavHandler } from 'wouter'
import { t } from '../core/messages'

const forms = new Set<symbol>()

const mayLeave = () => forms.size === 0 || window.confirm(t('unsaved.leave'))

/** For the router: every way to another page goes through here, but for Back. */
export const askFirst: AroundNavHandler = (navigate, to, options) => {
  if (mayLeave()) navigate(to, options)
}

/** What was unsaved is saved, or meant to be lost: the page may be left at once. */
export const letGo = () => forms.clear()

/** Ask before the page is left, for as long as there is something to lose. */
export function useUnsaved(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return
    const mine = Symbol('form')
    forms.add(mine)
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    const onBack = (event: NavigateEvent) => {
      if (event.navigationType === 'traverse' && event.cancelable && !mayLeave())
        event.preventDefault()
    }
    window.addEventListener('beforeunload', onUnload)
    window.navigation?.addEventListener('navigate', onBack)
    return () => {
      forms.delete(mine)
      window.removeEventListener('beforeunload', onUnload)
      window.navigation?.removeEventListener('navigate', onBack)
    }
  }, [unsaved])
}
