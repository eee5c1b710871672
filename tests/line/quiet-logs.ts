/** Hosts log each failure; here failures are made on purpose. Read when the logger is made, so imported before it. */
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
