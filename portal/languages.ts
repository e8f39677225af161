/**
 * The user's own languages, best first, for `Intl`; none leaves the choice to the browser. Without what is no language
 * tag, for which `Intl` would throw: Chromium says `en-US@posix` where the system has no locale.
 */
export function userLanguages(): string[] {
  const named = typeof navigator === 'undefined' ? [] : (navigator.languages ?? [])
  return named.filter(isLanguageTag)
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}
