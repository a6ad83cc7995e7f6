import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
    testTimeout: 20_000,
    // Nothing in core/ or in its tests is changed for good, so files share their processes: a third less to compute.
    isolate: false,
    setupFiles: ['test/unit/support/seed.ts'],
  },
  plugins: [
    // The probe is a plain sh file that esbuild bundles as text; the tests read it the same way.
    {
      name: 'text',
      transform: (code, id) => (/\.(sh|yml)$/.test(id) ? `export default ${JSON.stringify(code)};` : undefined),
    },
  ],
});
