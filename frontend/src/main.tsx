/** The page begins here. */

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Router } from 'wouter'
import { App } from './app/App'
import { SESSION } from './app/session'
import { api } from './core/api'
import { chooseLanguage, rememberedLanguage, rememberLanguage } from './core/languages'
import { language, speak } from './core/messages'
import { isPassing, problemOf } from './core/problem'
import { applyTheme, isThemeKept, THEMES } from './core/theme'
import './style/index.css'
import { askFirst } from './ui/unsaved'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // A refusal stays a refusal; only what may pass is asked again.
      retry: (failures, error) => failures < 2 && isPassing(problemOf(error)),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has lost its root')
await speakTheirs()
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Router aroundNav={askFirst}>
        <App />
      </Router>
    </QueryClientProvider>
  </StrictMode>,
)

/** The page asks first who is there, and then speaks: in their language, if it knows that. */
async function speakTheirs(): Promise<void> {
  const session = await queries
    .fetchQuery({ queryKey: SESSION, queryFn: api.session, retry: false })
    .catch(() => null)
  const profile = session?.user?.language ?? ''
  const remembered = rememberedLanguage(localStorage)
  const wanted = chooseLanguage({ profile, remembered, browser: navigator.languages })
  // A catalogue that does not come is no reason to say nothing.
  await speak(wanted).catch(() => undefined)
  document.documentElement.lang = language()
  if (profile) rememberLanguage(localStorage, language())
  followTheme(session?.user?.preferences.theme)
}

/** A browser that was never told takes the theme that they chose in another. */
function followTheme(chosen: unknown): void {
  const theme = THEMES.find(one => one === chosen)
  if (theme && !isThemeKept(localStorage)) applyTheme(theme, document.documentElement, localStorage)
}
