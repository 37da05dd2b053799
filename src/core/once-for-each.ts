/** Gives what `make` made for an object, making it the first time. It goes when the object goes, which must not change. O(1) and what making costs. */
export function createOnceForEach<Value>(): (key: object, make: () => Value) => Value {
  const made = new WeakMap<object, Value>();
  return (key, make) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make();
    made.set(key, value);
    return value;
  };
}
