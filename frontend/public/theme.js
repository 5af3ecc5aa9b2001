// Put the remembered theme on the page before it is painted. `src/core/theme.ts` writes it.
;(() => {
  try {
    const theme = localStorage.getItem('crest.theme')
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  } catch {
    // Storage is switched off: the system's own theme is as good.
  }
})()
