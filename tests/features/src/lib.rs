//! Nothing but a list of features: see the manifest.
