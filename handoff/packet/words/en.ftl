## The first sentence, for an agent to change as they like
greeting-name = Hello { $name }.
greeting = Hello.
feeling-asked = You're talking to a person now, thank you for your patience.
feeling-circles = I'm sorry our assistant sent you round in circles.
feeling-upset = I'm sorry. I can see why you're annoyed.
feeling-worn = I'm sorry this has worn you out. You don't have to sort it out alone.
feeling-waiting = I'm sorry you've had to wait.
feeling-threat = I'm sorry it has come to this. I take what you wrote seriously.
feeling-safety = Thank you for telling us. Your safety comes first.
restate = You wrote: “{ $problem }”.
restate-order = About order { $order } you wrote: “{ $problem }”.
next = I've read the conversation, so you needn't repeat anything. I'm looking into it now.
nothing-told = What can I do for you?

## What the desk says before an agent asks for something the customer has given
known-name = The customer has given their name: { $value }.
known-email = The customer has given their e-mail address: { $value }.
known-phone = The customer has given their phone number: { $value }.
known-order_number = The customer has given the order number: { $value }.
known-problem = The customer has said what it is about: “{ $value }”.
known-article = The customer has been given this article: “{ $value }”.
known-step = The customer has tried that: “{ $value }”.
known-other = The customer has given this: { $value }.
refused-name = The customer said they would rather not give their name.
refused-email = The customer said they would rather not give an e-mail address.
refused-phone = The customer said they would rather not give a phone number.
refused-order_number = The customer said they don't have the order number.
refused-other = The customer said they would rather not give this.
