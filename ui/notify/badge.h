#pragma once

namespace longcode::notify {

/// The figure on the program's icon in dock and task bar, where the desktop has one; 0: none. UI thread.
void showBadge(int unread);

} // namespace longcode::notify
