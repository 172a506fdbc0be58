"""Questions of room finance."""
