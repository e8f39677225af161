// Sets the colour scheme before the first paint; a file of its own because inline scripts are forbidden.
;(() => {
  const root = document.documentElement
  let chosen = null
  try {
    chosen = localStorage.getItem('leadwright-color-scheme')
  } catch {
    // Storage may be switched off; the system's scheme does then.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches
  const scheme = chosen === 'light' || chosen === 'dark' ? chosen : dark ? 'dark' : 'light'
  root.setAttribute('data-mantine-color-scheme', scheme)
})()
