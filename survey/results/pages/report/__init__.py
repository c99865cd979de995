"""What a survey's report says, from the numbers of its page and nowhere else: `whole` puts it together, `cover`, `numbers`,
`voices` (quotes, what is being done) and `method` write its parts, `rows` are the same results as a table for a file."""
