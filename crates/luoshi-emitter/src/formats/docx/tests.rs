//! What Word needs to find in the package, part by part.
