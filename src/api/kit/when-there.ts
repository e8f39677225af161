/** Carries on with a value: at once where it is there already, as most requests need not wait for their proof. */
export function whenThere<T, U>(value: T | Promise<T>, next: (value: T) => U): U | Promise<U> {
  return value instanceof Promise ? value.then(next) : next(value)
}
