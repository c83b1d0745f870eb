//! What Excel needs to find in the workbook.
