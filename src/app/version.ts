/** The app's version, as package.json has it (a test compares them): part of every export. */
export const APP_VERSION = '0.1.0';
