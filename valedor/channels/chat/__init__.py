"""Talk on the portal: registered with its first words, answered by whoever sits at the chats."""
